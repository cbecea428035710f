package identity

import (
	"context"
	"errors"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

const organisationSetting = "organisation"

// Organisation returns whom this server serves, and its rules; before the first start, the defaults.
func (s *Service) Organisation(ctx context.Context) (parley.Organisation, error) {
	return organisation(ctx, s.db)
}

// usualRules are those of an organisation that has set none.
func usualRules() parley.Organisation {
	return parley.Organisation{Zone: "UTC", Language: "en", CreateChannels: parley.MemberRole, MentionEveryone: parley.Admin, Invite: parley.MemberRole, Urgent: 3}
}

func organisation(ctx context.Context, r store.Reader) (parley.Organisation, error) {
	o := usualRules()
	err := store.Setting(ctx, r, organisationSetting, &o)
	if errors.Is(err, parley.ErrNotFound) {
		err = nil
	}
	return o, err
}

// OrganisationChange is what may be changed of the organisation. Nil fields stay as they are.
type OrganisationChange struct {
	Name            *string      `json:"name,omitempty"`
	Zone            *string      `json:"zone,omitempty"`
	Language        *string      `json:"language,omitempty"`
	CreateChannels  *parley.Role `json:"create_channels,omitempty" enum:"member,admin"`
	MentionEveryone *parley.Role `json:"mention_everyone,omitempty" enum:"member,admin"`
	Invite          *parley.Role `json:"invite,omitempty" enum:"member,admin"`
	Urgent          *int         `json:"urgent,omitempty" minimum:"0" maximum:"100"`
}

// ChangeOrganisation changes the settings of the organisation.
func (s *Service) ChangeOrganisation(ctx context.Context, by parley.Person, change OrganisationChange) (changed parley.Organisation, err error) {
	if err := May(by, ManageOrganisation, Object{}); err != nil {
		return changed, err
	}
	err = s.db.Write(ctx, parley.None, func(ctx context.Context, tx *store.Tx) error {
		if err := lockNames(ctx, tx); err != nil {
			return err
		}
		if changed, err = organisation(ctx, tx); err != nil {
			return err
		}
		if err := change.apply(&changed); err != nil {
			return err
		}
		if s.Hooks.OrganisationChanged != nil {
			told := changed
			tx.After(func() { s.Hooks.OrganisationChanged(told) })
		}
		return tx.SetSetting(ctx, organisationSetting, changed)
	})
	return changed, err
}

func (c OrganisationChange) apply(o *parley.Organisation) (err error) {
	if c.Name != nil {
		if o.Name, err = CleanName("name", *c.Name); err != nil {
			return err
		}
	}
	if c.Zone != nil {
		if err := CheckZone(*c.Zone); err != nil {
			return err
		}
		o.Zone = *c.Zone
	}
	if c.Language != nil {
		if o.Language, err = CleanLanguage(*c.Language); err != nil {
			return err
		}
	}
	if c.Urgent != nil {
		if *c.Urgent < 0 || *c.Urgent > 100 {
			return parley.Invalid("urgent", "range", "must be 0 to 100")
		}
		o.Urgent = *c.Urgent
	}
	for _, rule := range []struct {
		field string
		to    *parley.Role
		at    *parley.Role
	}{
		{"create_channels", c.CreateChannels, &o.CreateChannels},
		{"mention_everyone", c.MentionEveryone, &o.MentionEveryone},
		{"invite", c.Invite, &o.Invite},
	} {
		if rule.to == nil {
			continue
		}
		if *rule.to != parley.MemberRole && *rule.to != parley.Admin {
			return parley.Invalid(rule.field, "unknown", "must be member or admin")
		}
		*rule.at = *rule.to
	}
	return nil
}
